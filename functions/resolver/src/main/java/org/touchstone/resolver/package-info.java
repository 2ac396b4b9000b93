/** Media resolution: from a link or an upload to probed, content-addressed media. */
package org.touchstone.resolver;
