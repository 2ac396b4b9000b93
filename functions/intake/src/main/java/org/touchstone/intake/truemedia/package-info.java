/**
 * The paths of the service that Touchstone's users may come from, TrueMedia.org's, as a thin layer:
 * what a client of it sends and expects, {@code docs/truemedia-api.md} lists what differs.
 */
package org.touchstone.intake.truemedia;
