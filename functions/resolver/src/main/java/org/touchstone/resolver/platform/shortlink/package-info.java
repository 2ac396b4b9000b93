/** Services whose links do nothing but lead elsewhere. */
package org.touchstone.resolver.platform.shortlink;
