/** All that is particular to Bluesky: sessions, records, facets. */
package org.touchstone.mentions.bluesky;
