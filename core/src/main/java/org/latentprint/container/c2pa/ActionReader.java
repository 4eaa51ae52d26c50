package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code c2pa.actions} and {@code c2pa.actions.v2} (C2PA 2.1). */
final class ActionReader {
    /** Editors list each step; the longest real list has some hundreds. */
    private static final int MAX_ACTIONS = 2_000;

    private ActionReader() {}

    static List<CredentialAction> read(CborValue assertion) {
        List<CborValue> agents = assertion.get("softwareAgents").items();
        List<CredentialAction> actions = new ArrayList<>();
        for (CborValue action : assertion.get("actions").items()) {
            if (actions.size() == MAX_ACTIONS) {
                break;
            }
            CborValue agent = agent(action, agents);
            CborValue parameters = action.get("parameters");
            SortedMap<String, String> named = new TreeMap<>();
            parameters.entries().forEach((key, value) -> value.scalar().ifPresent(text -> named.put(key, text)));
            actions.add(new CredentialAction(
                    action.get("action").text().orElse(""),
                    action.get("when").text(),
                    agent.text().or(() -> agent.get("name").text()),
                    agent.get("version").text(),
                    action.get("digitalSourceType").text(),
                    action.get("description")
                            .text()
                            .or(() -> parameters.get("description").text()),
                    named));
        }
        return actions;
    }

    /** Returns the agent, which may stand in a list that several actions share. */
    private static CborValue agent(CborValue action, List<CborValue> agents) {
        Optional<Long> index = action.get("softwareAgentIndex").whole();
        if (index.isPresent() && index.get() >= 0 && index.get() < agents.size()) {
            return agents.get(index.get().intValue());
        }
        return action.get("softwareAgent");
    }
}
