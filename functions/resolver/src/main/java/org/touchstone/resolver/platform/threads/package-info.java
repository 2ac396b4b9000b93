/** Posts on Threads, from the data within their pages. */
package org.touchstone.resolver.platform.threads;
