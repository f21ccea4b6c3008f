package io.trellisdb.jdbc.url;

/** The driver's name and version, as its jar says. */
public final class DriverVersion {
    public static final String NAME = "Trellis JDBC driver";
    public static final int MAJOR = 0;
    public static final int MINOR = 1;

    private DriverVersion() {}

    /** Such as {@code 0.1.0}. */
    public static String text() {
        String version = DriverVersion.class.getPackage().getImplementationVersion();
        return version == null ? MAJOR + "." + MINOR : version;
    }
}
