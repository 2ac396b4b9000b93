/** One table of links per platform, with links that each must and must not recognise. */
package org.touchstone.resolver.platform.links;
