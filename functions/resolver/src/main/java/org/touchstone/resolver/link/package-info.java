/**
 * Recognises a link's platform and the post it names from the link alone: tables of patterns, and
 * the wrappers that carry one link within another.
 */
package org.touchstone.resolver.link;
