/** The description of a medium that Instagram and Threads share. */
package org.touchstone.resolver.platform.meta;
