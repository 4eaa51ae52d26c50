/** Names of services in Content Credentials, and which source types declare generative AI. */
@NullMarked
package org.latentprint.generator.credentials;

import org.jspecify.annotations.NullMarked;
