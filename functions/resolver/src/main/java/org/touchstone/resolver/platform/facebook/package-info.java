/**
 * Posts on Facebook: through Vetric's API where there is a key for it, otherwise from the data
 * within public pages.
 */
package org.touchstone.resolver.platform.facebook;
