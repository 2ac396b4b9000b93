/**
 * Posts on Instagram: through Vetric's interface where there is a key for it, else from what is
 * shown to anybody.
 */
package org.touchstone.resolver.platform.instagram;
