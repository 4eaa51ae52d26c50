package org.latentprint.casefile;

import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.CredentialAction;
import org.latentprint.container.c2pa.CredentialIngredient;
import org.latentprint.container.c2pa.Manifest;

/** Writes the rows of {@code content_credentials} and of the two tables below it. */
final class CredentialRows implements AutoCloseable {
    private final RowAppender manifests;
    private final RowAppender actions;
    private final RowAppender ingredients;

    CredentialRows(DuckDBConnection connection) throws SQLException {
        manifests = new RowAppender(connection, "content_credentials");
        actions = new RowAppender(connection, "content_credentials_action");
        ingredients = new RowAppender(connection, "content_credentials_ingredient");
    }

    void add(long itemId, ItemMetadata metadata) throws SQLException {
        int ordinal = 0;
        for (ContentCredentials credentials : metadata.credentials()) {
            for (Manifest manifest : credentials.manifests()) {
                addManifest(itemId, ordinal, credentials, manifest);
                addActions(itemId, ordinal, manifest);
                addIngredients(itemId, ordinal, manifest);
                ordinal++;
            }
        }
    }

    private void addManifest(long itemId, int ordinal, ContentCredentials credentials, Manifest manifest)
            throws SQLException {
        manifests
                .row()
                .number(itemId)
                .number(ordinal)
                .text(manifest.label())
                .flag(credentials.active().filter(manifest::equals).isPresent())
                .text(manifest.claimGenerator())
                .text(manifest.claimGeneratorVersion())
                .text(manifest.title())
                .text(manifest.signature().signer())
                .text(manifest.signature().algorithm())
                .time(manifest.signature().timeStamp())
                .text(manifest.signature().check().signatureWord())
                .text(manifest.signature().check().reason())
                .text(manifest.signature().timeStampCheck().signatureWord())
                .text(manifest.signature().timeStampCheck().reason())
                .text(manifest.signature().chain().chainWord())
                .text(manifest.signature().chain().reason())
                .text(Optional.of(String.join("\n", manifest.redacted())).filter(redacted -> !redacted.isEmpty()))
                .text(manifest.assertionHashes().hashWord())
                .text(manifest.assertionHashes().reason())
                .text(manifest.dataHash().hashWord())
                .text(manifest.dataHash().reason())
                .text(ContentCredentials.TRUST)
                .number(credentials.origin().offset())
                .number(credentials.origin().length())
                .text(credentials.origin().sha256())
                .text(credentials.origin().reader())
                .end();
    }

    private void addActions(long itemId, int manifestOrdinal, Manifest manifest) throws SQLException {
        int ordinal = 0;
        for (CredentialAction action : manifest.actions()) {
            actions.row()
                    .number(itemId)
                    .number(manifestOrdinal)
                    .number(ordinal++)
                    .text(action.name())
                    .text(action.when())
                    .text(action.softwareAgent())
                    .text(action.digitalSourceType())
                    .text(action.description())
                    .end();
        }
    }

    private void addIngredients(long itemId, int manifestOrdinal, Manifest manifest) throws SQLException {
        int ordinal = 0;
        for (CredentialIngredient ingredient : manifest.ingredients()) {
            ingredients
                    .row()
                    .number(itemId)
                    .number(manifestOrdinal)
                    .number(ordinal++)
                    .text(ingredient.relationship())
                    .text(ingredient.title())
                    .text(ingredient.format())
                    .text(ingredient.instanceId())
                    .text(ingredient.manifest())
                    .text(ingredient.thumbnailSha256())
                    .end();
        }
    }

    void flush() throws SQLException {
        manifests.flush();
        actions.flush();
        ingredients.flush();
    }

    @Override
    public void close() throws SQLException {
        manifests.close();
        actions.close();
        ingredients.close();
    }
}
