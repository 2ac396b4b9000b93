/** Public posts on LinkedIn, from the guests' page. */
package org.touchstone.resolver.platform.linkedin;
