/** YouTube, which is recognised only to be rejected with a reason. */
package org.touchstone.resolver.platform.youtube;
