/**
 * Posts on Reddit: through its API where there is an application's key, else through its pages'
 * data.
 */
package org.touchstone.resolver.platform.reddit;
