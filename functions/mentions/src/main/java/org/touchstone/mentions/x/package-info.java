/** All that is particular to X: its API v2, signatures, lengths and prices. */
package org.touchstone.mentions.x;
