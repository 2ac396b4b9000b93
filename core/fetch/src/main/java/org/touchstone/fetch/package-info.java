/**
 * The security boundary: the only way for this system to read from addresses that strangers choose.
 * Every connection, including those for redirects, goes to a checked address.
 */
package org.touchstone.fetch;
