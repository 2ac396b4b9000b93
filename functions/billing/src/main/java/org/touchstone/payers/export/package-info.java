/** Usage that is exported to whoever bills it, each fact once. */
package org.touchstone.payers.export;
