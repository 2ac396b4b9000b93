/**
 * Which platform a link belongs to and what it names there, told from the link alone: tables of
 * patterns, and the wrappers that carry one link within another.
 */
package org.touchstone.resolver.link;
