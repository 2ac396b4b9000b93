/**
 * The way out for external programs: a forward proxy on the loopback interface that applies the
 * rules of {@link org.touchstone.fetch} to every connection they open.
 */
package org.touchstone.resolver.egress;
