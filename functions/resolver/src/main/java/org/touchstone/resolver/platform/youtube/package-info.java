/** YouTube, which is recognised only to be refused. */
package org.touchstone.resolver.platform.youtube;
