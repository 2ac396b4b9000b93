/**
 * Posts on X: through its API where there is a key, otherwise through the data that embedded posts
 * are shown by.
 */
package org.touchstone.resolver.platform.x;
