/** Bluesky's API on loopback, as its lexicons describe it. */
package org.touchstone.emulators.social.bluesky;
