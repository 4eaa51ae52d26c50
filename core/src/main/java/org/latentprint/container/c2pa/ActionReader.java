package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code c2pa.actions} and {@code c2pa.actions.v2} (C2PA Technical Specification 2.x, "Actions"): agents as a text, as a map, or in a list
 * that actions share; templates, whose values stand where an action has none; related actions, which state only what differs.
 * Where an action has no source type of its own, one among its parameters counts: Adobe's programs write it there for
 * pictures of other houses, whose name is then in {@code com.adobe.details} (c2pa-js-legacy, pull request 233).
 */
final class ActionReader {
    /** Editors list each step; the longest real list has some hundreds. */
    private static final int MAX_ACTIONS = 2_000;

    /** Real lists have one or two. */
    private static final int MAX_TEMPLATES = 100;

    private static final String AGENT = "softwareAgent";
    private static final String AGENT_INDEX = "softwareAgentIndex";
    private static final String PARAMETERS = "parameters";
    private static final String TEMPLATE_PARAMETERS = "templateParameters";
    private static final String EVERY_ACTION = "*";

    private static final String SOURCE_TYPE = "digitalSourceType";
    private static final String ADOBE_SOURCE_TYPE = "com.adobe.digitalSourceType";
    private static final String ADOBE_DETAILS = "com.adobe.details";

    private final CborValue assertion;
    private final List<CborValue> templates;
    private final List<CredentialAction> actions = new ArrayList<>();

    private ActionReader(CborValue assertion) {
        this.assertion = assertion;
        this.templates =
                assertion.get("templates").items().stream().limit(MAX_TEMPLATES).toList();
    }

    static List<CredentialAction> read(CborValue assertion) {
        ActionReader reader = new ActionReader(assertion);
        for (CborValue action : assertion.get("actions").items()) {
            CborValue whole = reader.withTemplates(action);
            reader.add(whole);
            for (CborValue related : action.get("related").items()) {
                reader.add(over(whole, related));
            }
        }
        return reader.actions;
    }

    private void add(CborValue action) {
        if (actions.size() == MAX_ACTIONS) {
            return;
        }
        CborValue parameters = action.get(PARAMETERS);
        CborValue agent = agent(action);
        Optional<String> type = action.get(SOURCE_TYPE)
                .text()
                .or(() -> parameters.get(SOURCE_TYPE).text());
        Optional<String> adobeType = type.isPresent()
                ? Optional.empty()
                : parameters.get(ADOBE_SOURCE_TYPE).text();
        Optional<String> adobeAgent =
                adobeType.flatMap(any -> parameters.get(ADOBE_DETAILS).text());
        SortedMap<String, String> named = new TreeMap<>();
        parameters.entries().forEach((key, value) -> value.scalar().ifPresent(text -> named.put(key, text)));
        actions.add(new CredentialAction(
                action.get("action").text().orElse(""),
                action.get("when").text(),
                adobeAgent.or(agent::text).or(() -> agent.get("name").text()),
                adobeAgent.isPresent() ? Optional.empty() : agent.get("version").text(),
                type.or(() -> adobeType),
                action.get("description")
                        .text()
                        .or(() -> parameters.get("description").text()),
                named,
                ingredients(parameters)));
    }

    private static List<String> ingredients(CborValue parameters) {
        List<CborValue> addresses =
                new ArrayList<>(parameters.get("ingredients").items());
        addresses.add(parameters.get("ingredient"));
        return addresses.stream()
                .map(address -> address.get("url").text())
                .flatMap(Optional::stream)
                .map(Assertions::label)
                .toList();
    }

    /** Returns the agent, which may stand in a list that several actions share. */
    private CborValue agent(CborValue action) {
        List<CborValue> agents = assertion.get("softwareAgents").items();
        Optional<Long> index = action.get(AGENT_INDEX).whole();
        return index.filter(number -> number >= 0 && number < agents.size())
                .map(number -> agents.get(number.intValue()))
                .orElseGet(() -> action.get(AGENT));
    }

    private CborValue withTemplates(CborValue action) {
        String name = action.get("action").text().orElse("");
        CborValue whole = new CborValue.Entries(Map.of());
        for (String wanted : List.of(EVERY_ACTION, name)) {
            for (CborValue template : templates) {
                if (template.get("action").text().filter(wanted::equals).isPresent()) {
                    whole = over(whole, template);
                }
            }
        }
        return over(whole, action);
    }

    /** Returns the fields of the one, replaced by those that the other has; their parameters are merged in the same way. */
    private static CborValue over(CborValue under, CborValue upper) {
        Map<String, CborValue> fields = new LinkedHashMap<>(under.entries());
        Map<String, CborValue> parameters =
                new LinkedHashMap<>(under.get(PARAMETERS).entries());
        if (upper.get(AGENT).isPresent() || upper.get(AGENT_INDEX).isPresent()) {
            fields.remove(AGENT);
            fields.remove(AGENT_INDEX);
        }
        fields.putAll(upper.entries());
        parameters.putAll(upper.get(TEMPLATE_PARAMETERS).entries());
        parameters.putAll(upper.get(PARAMETERS).entries());
        fields.put(PARAMETERS, new CborValue.Entries(parameters));
        return new CborValue.Entries(fields);
    }
}
