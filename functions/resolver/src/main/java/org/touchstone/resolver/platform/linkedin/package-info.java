/** Public posts on LinkedIn, from the page shown to guests. */
package org.touchstone.resolver.platform.linkedin;
