/** Boxes of ISO 19566-5 (JUMBF), in which content credentials are kept, and their CBOR. */
package org.touchstone.c2pa.jumbf;
