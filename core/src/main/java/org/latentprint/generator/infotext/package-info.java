/**
 * The text that AUTOMATIC1111's web interface and its many relatives leave in a picture: its grammar, and what it says about
 * models, LoRAs and passes. The readers of the programs themselves are in the package above.
 */
@NullMarked
package org.latentprint.generator.infotext;

import org.jspecify.annotations.NullMarked;
