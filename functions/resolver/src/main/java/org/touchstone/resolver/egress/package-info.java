/**
 * The way out for programs that are not ours: a forward proxy on the loopback interface that
 * applies the rules of {@link org.touchstone.resolver.fetch} to every connection they open.
 */
package org.touchstone.resolver.egress;
