/**
 * Posts on X: through its API where there is a key, else through what embedded posts are shown by.
 */
package org.touchstone.resolver.platform.x;
