/** Records and rules of an analysis, in plain Java, shared by all other modules. */
package org.touchstone.domain;
