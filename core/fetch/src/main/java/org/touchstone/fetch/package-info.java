/**
 * The security boundary: the only way in which this system reads from addresses that strangers
 * name. Every connection, a redirect's included, goes to an address that was checked.
 */
package org.touchstone.fetch;
