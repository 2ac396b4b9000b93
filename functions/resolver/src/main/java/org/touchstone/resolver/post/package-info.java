/**
 * What an extractor finds at a link: posts, their media, and the one extractor that claims a link.
 */
package org.touchstone.resolver.post;
