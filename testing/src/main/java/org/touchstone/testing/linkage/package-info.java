/**
 * Checks, without running anything, that the native libraries of a package find what they link
 * against on the system it is deployed to: every library they name, in every version they name.
 */
package org.touchstone.testing.linkage;
