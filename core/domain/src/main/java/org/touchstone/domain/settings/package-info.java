/** How descriptions of services, which an operator writes, are read and checked. */
package org.touchstone.domain.settings;
