/** Videos on BitChute, through its pages' own interface. */
package org.touchstone.resolver.platform.bitchute;
