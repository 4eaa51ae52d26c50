package org.latentprint.report;

import java.util.Optional;
import java.util.TreeSet;
import org.latentprint.container.c2pa.Check;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.CredentialAction;
import org.latentprint.container.c2pa.CredentialIngredient;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.container.c2pa.SourceStatement;
import tools.jackson.core.JsonGenerator;

/** Writes the fields of one manifest of Content Credentials into an object that is open. */
final class CredentialsJson {
    private CredentialsJson() {}

    static void write(JsonGenerator json, ContentCredentials credentials, Manifest manifest) {
        json.writeStringProperty("label", manifest.label());
        json.writeBooleanProperty(
                "active", credentials.active().filter(manifest::equals).isPresent());
        json.writeBooleanProperty("update", manifest.update());
        text(json, "claim_generator", manifest.claimGenerator());
        text(json, "claim_generator_version", manifest.claimGeneratorVersion());
        text(json, "title", manifest.title());
        json.writeArrayPropertyStart("actions");
        manifest.actions().forEach(action -> action(json, action));
        json.writeEndArray();
        json.writeArrayPropertyStart("digital_source_types");
        TreeSet<String> types = new TreeSet<>();
        manifest.actions().forEach(action -> action.sourceTypeName().ifPresent(types::add));
        manifest.statements().forEach(statement -> statement.sourceTypeName().ifPresent(types::add));
        types.forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("ingredients");
        manifest.ingredients().forEach(ingredient -> ingredient(json, ingredient));
        json.writeEndArray();
        json.writeArrayPropertyStart("assertions");
        manifest.assertions().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("statements");
        manifest.statements().forEach(statement -> statement(json, statement));
        json.writeEndArray();
        json.writeArrayPropertyStart("redacted");
        manifest.redacted().forEach(json::writeString);
        json.writeEndArray();
        text(json, "signer", manifest.signature().signer());
        text(json, "algorithm", manifest.signature().algorithm());
        text(json, "signed_at", manifest.signature().timeStamp().map(Object::toString));
        check(
                json,
                "signature",
                manifest.signature().check(),
                manifest.signature().check().signatureWord());
        check(
                json,
                "time_stamp",
                manifest.signature().timeStampCheck(),
                manifest.signature().timeStampCheck().signatureWord());
        check(
                json,
                "certificate_chain",
                manifest.signature().chain(),
                manifest.signature().chain().chainWord());
        check(
                json,
                "assertion_hashes",
                manifest.assertionHashes(),
                manifest.assertionHashes().hashWord());
        check(json, "data_hash", manifest.dataHash(), manifest.dataHash().hashWord());
        json.writeStringProperty("trust", ContentCredentials.TRUST);
        json.writeNumberProperty("offset", credentials.origin().offset());
        json.writeNumberProperty("length", credentials.origin().length());
        json.writeStringProperty("sha256", credentials.origin().sha256());
    }

    private static void action(JsonGenerator json, CredentialAction action) {
        json.writeStartObject();
        json.writeStringProperty("action", action.name());
        text(json, "when", action.when());
        text(json, "software_agent", action.softwareAgent());
        text(json, "digital_source_type", action.digitalSourceType());
        text(json, "description", action.description());
        json.writeEndObject();
    }

    private static void statement(JsonGenerator json, SourceStatement statement) {
        json.writeStartObject();
        json.writeStringProperty("assertion", statement.assertion());
        text(json, "digital_source_type", statement.digitalSourceType());
        text(json, "generator", statement.generator());
        text(json, "version", statement.version());
        text(json, "prompt", statement.prompt());
        json.writeEndObject();
    }

    private static void ingredient(JsonGenerator json, CredentialIngredient ingredient) {
        json.writeStartObject();
        text(json, "relationship", ingredient.relationship());
        text(json, "title", ingredient.title());
        text(json, "format", ingredient.format());
        text(json, "manifest", ingredient.manifest());
        text(json, "thumbnail_sha256", ingredient.thumbnailSha256());
        json.writeArrayPropertyStart("data_types");
        ingredient.dataTypes().forEach(json::writeString);
        json.writeEndArray();
        text(json, "data_sha256", ingredient.dataSha256());
        json.writeEndObject();
    }

    private static void check(JsonGenerator json, String name, Check check, String word) {
        json.writeStringProperty(name, word);
        json.writeStringProperty(name + "_reason", check.reason());
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
    }
}
