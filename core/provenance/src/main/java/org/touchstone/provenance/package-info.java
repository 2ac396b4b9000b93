/**
 * What a file says of its own origin: generator signatures in its metadata and the claims of a C2PA
 * manifest. Every read is bounded; nothing found here ever speaks for authenticity.
 */
package org.touchstone.provenance;
