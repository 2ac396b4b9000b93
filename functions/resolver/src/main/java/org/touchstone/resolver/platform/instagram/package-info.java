/**
 * Posts on Instagram: through Vetric's API where there is a key for it, otherwise from pages that
 * are shown to anybody.
 */
package org.touchstone.resolver.platform.instagram;
