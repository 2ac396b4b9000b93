/** A Lambda handler for what is due by the clock: deletions, retention, reservations. */
package org.touchstone.upkeep;
