package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.rep.ReplicatedEnvironment.State;
import com.sleepycat.je.rep.StateChangeEvent;
import com.sleepycat.je.rep.StateChangeListener;
import java.util.function.LongConsumer;

/**
 * Keeps JE's newest state. JE calls on a thread that holds its own monitor, so nothing is done here but remembering; an
 * exception would break the environment. Guarded by itself.
 */
final class JeStates {
    private final Runnable onChange;
    private final LongConsumer onDetached;
    private JeView view = JeView.NONE;

    /** Both only enqueue. */
    JeStates(Runnable onChange, LongConsumer onDetached) {
        this.onChange = onChange;
        this.onDetached = onDetached;
    }

    synchronized JeView view() {
        return view;
    }

    StateChangeListener listener(long generation) {
        return event -> changed(generation, event);
    }

    /** The environment of that opening is closed. */
    void closed(long generation) {
        update(generation, State.DETACHED, "");
    }

    private void changed(long generation, StateChangeEvent event) {
        State state = event.getState();
        update(generation, state, state == State.MASTER || state == State.REPLICA ? event.getMasterNodeName() : "");
        if (state == State.DETACHED) {
            onDetached.accept(generation);
        }
    }

    private void update(long generation, State state, String master) {
        synchronized (this) {
            if (generation < view.generation()) {
                return;
            }
            long elections = view.elections() + (state == State.MASTER ? 1 : 0);
            view = new JeView(generation, state, master, elections);
        }
        onChange.run();
    }
}
