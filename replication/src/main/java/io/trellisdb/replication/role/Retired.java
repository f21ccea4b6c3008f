package io.trellisdb.replication.role;

/** Not listed in the newest configuration known here, which may be old: takes what an owner sends, and asks for nothing. */
final class Retired extends Follower {
    Retired(Standing standing) {
        super(standing);
    }

    @Override
    public Replica.RoleName name() {
        return Replica.RoleName.RETIRED;
    }
}
