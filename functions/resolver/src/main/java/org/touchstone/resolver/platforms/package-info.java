/**
 * The registry of all platforms, the keys that they are asked with, and where these are read from.
 */
package org.touchstone.resolver.platforms;
