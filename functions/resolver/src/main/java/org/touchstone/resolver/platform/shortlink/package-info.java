/** Services whose links only lead elsewhere. */
package org.touchstone.resolver.platform.shortlink;
