/**
 * A file's statements about its own origin: generator signatures in its metadata and the claims of
 * a C2PA manifest. Every read is bounded. Nothing found here ever counts as evidence of
 * authenticity.
 */
package org.touchstone.provenance;
