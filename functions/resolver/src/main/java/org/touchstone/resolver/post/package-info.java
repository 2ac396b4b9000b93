/** Posts found at links, their media, and the one extractor that claims a link. */
package org.touchstone.resolver.post;
