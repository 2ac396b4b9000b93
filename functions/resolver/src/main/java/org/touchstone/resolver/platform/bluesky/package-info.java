/** Posts on Bluesky and the servers that store their originals. */
package org.touchstone.resolver.platform.bluesky;
