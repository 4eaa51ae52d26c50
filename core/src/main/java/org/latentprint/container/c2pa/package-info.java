/** Content Credentials (C2PA): a manifest store's bytes, read into claims, actions, ingredients and checked signatures. */
@NullMarked
package org.latentprint.container.c2pa;

import org.jspecify.annotations.NullMarked;
