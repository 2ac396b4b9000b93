/** The registry of all platforms, their keys, and the sources of these keys. */
package org.touchstone.resolver.platforms;
