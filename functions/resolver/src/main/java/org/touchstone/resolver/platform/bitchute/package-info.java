/** Videos on BitChute, through the API used by its pages. */
package org.touchstone.resolver.platform.bitchute;
