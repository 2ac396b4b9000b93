/** Validates the content credentials (C2PA manifests) of a file. Start at {@link C2paValidator}. */
package org.touchstone.c2pa;
