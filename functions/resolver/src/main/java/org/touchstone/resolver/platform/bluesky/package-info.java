/** Posts on Bluesky and where their originals are kept. */
package org.touchstone.resolver.platform.bluesky;
