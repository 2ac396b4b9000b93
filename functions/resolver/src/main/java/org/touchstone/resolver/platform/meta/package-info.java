/** The description of a medium that Instagram and Threads have in common. */
package org.touchstone.resolver.platform.meta;
