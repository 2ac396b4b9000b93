/**
 * Posts on Facebook: through Vetric's interface where there is a key for it, else from the data
 * within public pages.
 */
package org.touchstone.resolver.platform.facebook;
