/**
 * Posts on Reddit: through its API where there is an application's key, otherwise from the data of
 * its pages.
 */
package org.touchstone.resolver.platform.reddit;
